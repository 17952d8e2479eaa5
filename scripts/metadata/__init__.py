"""What catalogues are told of the package: one module per target, all compiled from the descriptor, the schemas and the data."""
