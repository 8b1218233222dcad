"""CloudFormation: a plan for AWS as the one template, or the templates, of its environment."""
