-- Takes a request out of a bucket, which holds a minute's worth and refills evenly.
--
-- KEYS[1]  the bucket: how much is missing in it, and since when, in microseconds
-- ARGV[1]  how many requests it holds
-- ARGV[2]  what time it is; without it, what Redis takes it for
--
-- Answers whether the request is allowed, how many are left, and after how many microseconds it may be repeated.
local quota, now = tonumber(ARGV[1]), tonumber(ARGV[2])
if not now then
    local time = redis.call('TIME')
    now = time[1] * 1000000 + time[2]
end

-- Counted so that all numbers are whole: a request is as much as there are microseconds in a minute, and as much as
-- the quota comes back in each of them.
local request = 60000000
local full = quota * request

local missing, since = 0, now
local bucket = redis.call('GET', KEYS[1])
if bucket then
    local first, second = string.match(bucket, '^(%d+) (%d+)$')
    if first then
        missing, since = tonumber(first), tonumber(second)
    end
end
-- A clock that was set back brings nothing back; a quota that was lowered is all that can be missing.
missing = missing - math.max(0, now - since) * quota
missing = math.min(math.max(0, missing), full)

if missing + request > full then
    return {0, 0, math.ceil((missing + request - full) / quota)}
end
missing = missing + request
-- When it is full again it is as good as none.
redis.call('SET', KEYS[1], string.format('%.0f %.0f', missing, now), 'PX', math.ceil(missing / quota / 1000))
return {1, math.floor((full - missing) / request), 0}
