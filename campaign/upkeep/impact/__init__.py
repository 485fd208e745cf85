"""What a change of the files does to the estimates and the pages."""
