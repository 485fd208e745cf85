"""Files of the desk: the checkout, proposals, records, and how an edit is saved."""
