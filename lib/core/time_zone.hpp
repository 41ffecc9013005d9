// Time zones with their daylight saving: instants to civil times and back.
#pragma once

#include "core/civil.hpp"
#include "core/error.hpp"
#include "core/wall_point.hpp"

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace date {
class time_zone;
}

namespace ulak {

/// A zone of the system's tz database. Copies share the data. Usable from several threads.
class time_zone {
  public:
    /// "Europe/Istanbul". Unknown name: errc::invalid_argument with what was probably meant. Daylight saving goes on
    /// behind the last year of the data, by their rule.
    static result<time_zone> find(std::string_view name);
    /// Needs no zone data.
    static time_zone utc();

    const std::string& name() const noexcept;
    /// The date and time of day in this zone, with its weekday; milliseconds are cut towards the past.
    civil to_civil(wall_point t) const;

    /// How a civil time matches instants: `exact` once, `gap` never (the clocks skip it), `fold` twice (they are set
    /// back).
    enum class civil_match { exact, gap, fold };
    struct instant {
        wall_point at;
        civil_match match;
    };
    /// In a gap: the instant at which the gap ends. In a fold: the first occurrence. The weekday is ignored.
    instant to_instant(const civil& local) const;

    /// The offset from UTC that is in force at `t`, and the first moment behind it; nullopt: it stays for ever.
    struct period {
        std::optional<wall_point> end;
        std::chrono::seconds offset;
    };
    period period_at(wall_point t) const;

    friend bool operator==(const time_zone& a, const time_zone& b) { return a.name() == b.name(); }

  private:
    struct data;
    explicit time_zone(std::shared_ptr<const data> d);
    static time_zone with_rule(const date::time_zone& zone);
    std::shared_ptr<const data> data_;
};

} // namespace ulak
