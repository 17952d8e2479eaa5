"""How the data, the release and the pages of the site are made: one short script per step."""
