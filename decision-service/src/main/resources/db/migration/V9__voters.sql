-- Whose vote it was. What a person may read of themselves goes by this, and not by an address, which anybody can have in a token.
alter table decision.votes add column voter text;

update decision.votes
set voter = lower(
    case when cast(reviewer as json) ->> 'identifiedBy' = 'chat'
        then regexp_replace(cast(reviewer as json) ->> 'authority', '^[^:]*:', '') || '/'
        else '' end
    || (cast(reviewer as json) -> 'person' ->> 'subject'));

alter table decision.votes alter column voter set not null;

comment on column decision.votes.voter is 'the key that the channel vouched for, in lower case: the OIDC subject, or <team>/<user>, or <tenant>/<object id>';
