// The common keys of a text as a reader, and problems as short texts, for tests of what reads one key.
#pragma once

#include "job/common_keys.hpp"
#include "yaml/parse.hpp"
#include "yaml/reader.hpp"

#include <boost/test/unit_test.hpp>

#include <memory>
#include <string>
#include <vector>

namespace ulak::job {

/// Not checked against the table: what reads a key must bear values that `yaml::check` has refused.
inline yaml::reader common_reader(const std::string& text)
{
    yaml::problems found;
    auto doc = yaml::parse(text, "x.yaml", found);
    BOOST_REQUIRE(doc.has_value());
    return yaml::reader(std::make_shared<const yaml::document>(std::move(*doc)), common_keys());
}

/// "1:10 U0301" or "4:18 U0305 warning" of each problem, in the order of their places.
inline std::vector<std::string> shown(yaml::problems found)
{
    yaml::sort(found);
    std::vector<std::string> out;
    for (const auto& p : found)
        out.push_back(std::to_string(p.at.line) + ":" + std::to_string(p.at.column) + " " + p.code +
                      (p.level == yaml::severity::warning ? " warning" : ""));
    return out;
}

} // namespace ulak::job
