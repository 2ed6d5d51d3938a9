-- The session keys of a user, KEYS[1]: the current one, then the one before.
return {
    redis.call('HMGET', KEYS[1], 'fingerprint', 'until', 'sealed'),
    redis.call('HMGET', KEYS[1], 'before fingerprint', 'before until', 'before sealed'),
}
