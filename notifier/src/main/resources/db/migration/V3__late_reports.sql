-- The lease of whoever publishes what there is to say of a delivery; claimed_until is the lease of whoever tries it, and the two run beside each other.
ALTER TABLE delivery ADD COLUMN reporting_until timestamptz;

-- What is said of a late delivery: as it stood when that was first to be said, so that a repeat is the same event.
ALTER TABLE delivery ADD COLUMN late_attempts integer;
ALTER TABLE delivery ADD COLUMN late_problem text;
ALTER TABLE delivery ADD CHECK ((late_attempts IS NULL) = (late_problem IS NULL));
