"""Reference tables that no single source prints: areas and elements."""
