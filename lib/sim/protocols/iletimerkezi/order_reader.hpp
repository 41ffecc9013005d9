// Reads the order of a send and finds what is wrong with it.
#pragma once

#include "sim/detail/call.hpp"

#include <boost/json/object.hpp>

namespace ulak::sim::iletimerkezi {

struct message {
    std::string text{};
    std::vector<std::uint64_t> numbers{};
    std::int64_t segments = 1;
};

struct sms_order {
    std::string sender{};
    std::vector<message> messages{};
    wall_point due{};
    bool scheduled = false;
    std::string iys{};      ///< "0" or "1": whether the consent register is asked
    std::string iys_list{}; ///< for whom

    std::vector<std::uint64_t> numbers() const; ///< of all messages
    std::int64_t credits() const;               ///< what it costs
};

/// One of the document's codes, or 0 where nothing is wrong.
using error_code = int;

/// Fills `w`; the first thing that is wrong ends it. Numbers of the blacklist are left out.
error_code read_order(call& c, const boost::json::object& order, sms_order& w);

} // namespace ulak::sim::iletimerkezi
