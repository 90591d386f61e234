-- The latest that an agent asked for tells who its registration names as owner. When it was opened never changes, so that this costs nothing later.
create index approvals_of_agent on decision.approvals (agent, opened_at desc) where agent is not null;
