-- KEYS[2]: the entry. ARGV[3]: token and ARGV[4]: epoch of the lease, which ends if it is the one that stands.
local key = keyOf(KEYS[2])
local held = redis.call('HGET', LEASES, key)
if held and string.match(held, '^%d+:(.*)$') == ARGV[4] .. ':' .. ARGV[3] then
  endLease(key)
end
return 0
