// A notice with its body read.
#pragma once

#include "ledger/records.hpp"

#include <boost/json/object.hpp>

#include <string>
#include <string_view>

namespace ulak::engine {

/// A body that cannot be read gives empty fields.
struct parsed_notice {
    explicit parsed_notice(ledger::notice_record n);

    /// Of the body, else of its "data"; texts as they are, other values as JSON, empty where there is none.
    std::string field(std::string_view name) const;

    ledger::notice_record notice;
    boost::json::object body{};
};

} // namespace ulak::engine
