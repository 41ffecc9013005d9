// Carries the precompiled header of kinds, engine and control.
