// The public holidays of Turkey (law 2429), as `window.not_on: holidays-tr` knows them. Half days (the afternoons
// before the religious holidays and before the 29th of October) are none. The religious ones until 2027 are those of
// the calendar of the Presidency of Religious Affairs; later ones follow from the new moon and may differ by a day.
#pragma once

#include <string_view>

namespace ulak::job {

inline constexpr std::string_view turkish_holidays = R"(
01-01 New Year
04-23 National Sovereignty and Children
05-01 Labour and Solidarity
05-19 Commemoration of Atatürk, Youth and Sports
07-15 Democracy and National Unity
08-30 Victory
10-29 Republic
2025-03-30..2025-04-01 Ramazan
2026-03-20..2026-03-22 Ramazan
2027-03-09..2027-03-11 Ramazan
2028-02-26..2028-02-28 Ramazan
2029-02-14..2029-02-16 Ramazan
2030-02-04..2030-02-06 Ramazan
2025-06-06..2025-06-09 Kurban
2026-05-27..2026-05-30 Kurban
2027-05-16..2027-05-19 Kurban
2028-05-05..2028-05-08 Kurban
2029-04-24..2029-04-27 Kurban
2030-04-13..2030-04-16 Kurban
)";

} // namespace ulak::job
