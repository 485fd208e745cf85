"""`python -m campaign.commands` does what `schatje` does."""

from campaign.commands import main

main(prog_name="schatje")
