-- Proofs of keys (RFC 9449) that were used, for as long as they are young enough to be tried again.
create table decision.used_proofs (
    thumbprint text        not null,
    id         text        not null,
    good_until timestamptz not null,
    primary key (thumbprint, id)
);

create index used_proofs_old on decision.used_proofs (good_until);

-- Every vote that counted, for the figures of those who cast them.
create table decision.votes (
    action_id text        not null,
    review_id text        not null,
    person    text        not null,
    reviewer  text        not null,
    verb      text        not null,
    opened_at timestamptz not null,
    voted_at  timestamptz not null,
    decisive  boolean     not null,
    primary key (action_id, review_id)
);

comment on column decision.votes.person is 'the address of the person, or their subject where that is not known, in lower case';
comment on column decision.votes.reviewer is 'who they were at that moment, as JSON';
comment on column decision.votes.decisive is 'whether the decision followed from it at once';

create index votes_lately on decision.votes (voted_at);

-- What an agent asks as steps of one plan.
alter table decision.approvals add column plan text;

comment on column decision.approvals.plan is 'of which plan it is a step, as the agent says';

create index approvals_of_plan on decision.approvals (agent, plan, opened_at, action_id) where state = 'pending' and plan is not null;
