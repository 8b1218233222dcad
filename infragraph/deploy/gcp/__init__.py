"""Google Cloud: the generated script, stage by stage, with the user's own gcloud."""
