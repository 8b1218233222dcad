"""AWS: change sets of CloudFormation, and the one-off tasks between them."""
