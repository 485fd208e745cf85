"""What axe is asked to look for."""

# All that can change with the colours alone, which are the same in every language.
COLOUR_RULES = ("color-contrast", "link-in-text-block")
ONLY_COLOURS = {"runOnly": {"type": "rule", "values": COLOUR_RULES}}
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
ALL = {"runOnly": TAGS}
ALL_BUT_COLOURS = ALL | {"rules": {rule: {"enabled": False} for rule in COLOUR_RULES}}
RUN_AXE = """async (options) => {
  const found = await axe.run(document, {...options, resultTypes: ["violations"]});
  const where = ({target, failureSummary}) => `${target} ${failureSummary}`;
  return found.violations.map(({id, help, nodes}) => [id, help, ...nodes.map(where)].join(": "));
}"""
