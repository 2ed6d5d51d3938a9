-- Keeps the session key that WeChat has just named, and the one that was current as the one before.
--
-- KEYS[1]  the keys of a user
-- ARGV     of the key its fingerprint, until when it is kept, the key itself; and what time it is, all in milliseconds
local fingerprint, ends, sealed, now = ARGV[1], tonumber(ARGV[2]), ARGV[3], tonumber(ARGV[4])
local kept = redis.call('HMGET', KEYS[1],
    'fingerprint', 'until', 'sealed', 'before fingerprint', 'before until', 'before sealed')
local before = {kept[1], tonumber(kept[2]), kept[3]}
local older = {kept[4], tonumber(kept[5]), kept[6]}

-- One that is kept already only changes its place, and lives no shorter than before.
if before[1] == fingerprint then
    ends = math.max(ends, before[2] or ends)
    before = older
elseif older[1] == fingerprint then
    ends = math.max(ends, older[2] or ends)
end

local function written(milliseconds)
    return string.format('%.0f', milliseconds)
end

redis.call('DEL', KEYS[1])
redis.call('HSET', KEYS[1], 'fingerprint', fingerprint, 'until', written(ends), 'sealed', sealed)
local last = ends
if before[1] and before[2] and before[3] then
    redis.call('HSET', KEYS[1],
        'before fingerprint', before[1], 'before until', written(before[2]), 'before sealed', before[3])
    last = math.max(last, before[2])
end
-- A span, not a time: the clock of Redis is not ours.
redis.call('PEXPIRE', KEYS[1], written(last - now))
