// What the letters of the texts do to their price: for the plan. Pure.
#pragma once

#include "kinds/sms_send/measure.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <cstdint>
#include <map>
#include <string>

namespace ulak::kinds::sms {

/// Sums over texts: how many are written in which alphabet, which letters were replaced, and which make texts dearer.
class letter_costs {
  public:
    void add(const measured_text& text, std::int64_t recipients);

    /// {"gsm":recipients,"tr":…,"ucs2":…}
    boost::json::object alphabets_json() const;
    /// [{"letter","alphabet","recipients","more_segments","sent_as"}], the dearest first: a letter that forced an
    /// alphabet with what it costs, or one that others are sent for.
    boost::json::array letters_json() const;

  private:
    struct cost {
        std::string alphabet{}, sent_as{};
        std::int64_t recipients = 0, more_segments = 0;
    };
    cost* cost_of(const std::string& letter);

    std::map<sms_alphabet, std::int64_t> alphabets_{};
    std::map<std::string, cost> letters_{};
};

} // namespace ulak::kinds::sms
