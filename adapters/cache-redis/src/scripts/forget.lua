-- Forgets the session keys of a user, KEYS[1].
redis.call('DEL', KEYS[1])
