"""For template authors: draft → template, field guide, deal skeleton."""
