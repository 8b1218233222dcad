"""Text that people will own once it is generated, from the templates of the package."""
