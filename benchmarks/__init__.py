"""Measurements: docgen against the plain use of docxtpl, interleaved, in CPU time."""
