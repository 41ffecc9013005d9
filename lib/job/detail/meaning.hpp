// What the common keys mean beyond their types. Each part reads one key of a checked root record and reports into
// `found`.
#pragma once

#include "job/document.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ulak::job {

/// The moments that every kind tells of.
std::vector<std::string> common_moments();

void check_version(const yaml::reader& root, yaml::problems& found);
std::optional<schedule> read_schedule(const yaml::reader& root, const time_zone& usual, yaml::problems& found);
std::vector<parameter> read_parameters(const yaml::reader& root, yaml::problems& found);
budget read_budget(const yaml::reader& root, bool required, yaml::problems& found);
std::vector<notify_rule> read_notify(const yaml::reader& root, const std::vector<std::string>& channels,
                                     yaml::problems& found);

/// Reports every template in the document that cannot be read.
void check_templates(const yaml::document& doc, const yaml::shape& table, yaml::problems& found);

/// What is wrong with a value for a parameter; nullopt if it is taken. The value itself is not repeated.
std::optional<std::string> mismatch_of(const parameter& p, std::string_view value);

/// An RFC 3339 time, or a date and time of day in the zone.
result<time_zone::instant> parse_instant(std::string_view text, const time_zone& zone);

} // namespace ulak::job
