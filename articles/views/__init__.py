"""Floor 5: the pages. Each view finds, asks the form, lets an act do it, and answers."""
