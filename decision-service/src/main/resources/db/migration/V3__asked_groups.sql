-- The groups that are asked, and what each of them is asked in the order of the deadlines: so that what waits for one person is found
-- without a look at what waits for others.
alter table decision.approvals add column asked_groups text[] not null default '{}';

comment on column decision.approvals.asked_groups is
    'the groups whose members can decide it now; none when policy decided alone, and none any more once it is decided';

create table decision.asked (
    group_name text        not null,
    expires_at timestamptz not null,
    action_id  text        not null,
    primary key (group_name, expires_at, action_id)
);

comment on table decision.asked is 'approvals.asked_groups, one row a group; kept by triggers on approvals and written by nothing else';

-- INVARIANT: asked is the asked_groups of approvals, whoever changes them, since it changes in the same statement.
create function decision.keep_asked() returns trigger language plpgsql as $$
begin
    if tg_op <> 'INSERT' then
        delete from decision.asked
        where group_name = any (old.asked_groups) and expires_at = old.expires_at and action_id = old.action_id;
    end if;
    if tg_op <> 'DELETE' then
        insert into decision.asked (group_name, expires_at, action_id)
        select distinct asked_group, new.expires_at, new.action_id from unnest(new.asked_groups) as asked_group;
    end if;
    return null;
end $$;

create trigger asked_at_first after insert on decision.approvals
    for each row when (new.asked_groups <> '{}') execute function decision.keep_asked();
create trigger asked_otherwise after update on decision.approvals
    for each row when ((old.asked_groups, old.expires_at) is distinct from (new.asked_groups, new.expires_at))
    execute function decision.keep_asked();
create trigger asked_no_more after delete on decision.approvals
    for each row when (old.asked_groups <> '{}') execute function decision.keep_asked();

-- What waits already.
update decision.approvals
set asked_groups = array(
    select distinct slot ->> 'group'
    from json_array_elements(cast(document as json) -> 'verdict' -> 'requirement' -> 'slots') as slot
    order by 1)
where state = 'pending';
