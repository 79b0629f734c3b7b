-- KEYS[2]: the entry. ARGV[3]: token of the lease, which ends if it is the one that stands.
if isLeased(KEYS[2], ARGV[3]) then
  fill(KEYS[2])
end
return 0
