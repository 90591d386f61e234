-- Every policy set that came into force, with when it last did: a verdict by a set that has been replaced is known as such.
alter table decision.policies drop constraint policies_pkey;
alter table decision.policies add primary key (digest);
create index policies_latest on decision.policies (activated_at desc, digest);
