-- Anybody may ask for their own figures, at any time.
create index votes_of_voter on decision.votes (voter, voted_at);
