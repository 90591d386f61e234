-- A key that is taken from somebody stays with them, and gives nothing, until it is given to somebody.
alter table decision.identities add column former boolean not null default false;
comment on column decision.identities.former is 'whether it was taken from them: it gives no right, and tells who they are all the same';
