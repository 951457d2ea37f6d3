"""MQM scores and agreement between annotators."""
