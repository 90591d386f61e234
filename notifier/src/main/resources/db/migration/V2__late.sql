-- From when on a delivery that is still tried is reported as failed: half-way to the moment by which people have to decide. Null when there is no such
-- moment, when that is reported, and when the delivery has ended.
ALTER TABLE delivery ADD COLUMN late_at timestamptz;
ALTER TABLE delivery ADD CHECK (late_at IS NULL OR state IN ('pending', 'retrying'));

CREATE INDEX delivery_late ON delivery (late_at) WHERE late_at IS NOT NULL;
