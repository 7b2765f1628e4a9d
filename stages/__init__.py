"""The stages of the pipeline: one file each, run as `python -m stages.NAME params.yaml [KEY]`."""
