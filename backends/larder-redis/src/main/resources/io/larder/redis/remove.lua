-- KEYS[2..]: entries. Returns how many there were.
local removed = 0
for i = 2, #KEYS do
  if erase(KEYS[i]) then
    removed = removed + 1
  end
end
return removed
