"""What learns from data: estimators, pipelines, metrics, splits, and whether rows that must stay unseen were used."""
