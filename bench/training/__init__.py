"""Programs that make the corpora and train the models that ship with the package."""
