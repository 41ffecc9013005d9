// A job file, decoded: what all kinds have in common, and the kind's own keys as a reader.
#pragma once

#include "job/schedule.hpp"
#include "job/text_template.hpp"
#include "yaml/reader.hpp"

#include <boost/json/object.hpp>

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace ulak::job {

struct parameter {
    enum class type { text, integer, url, phone };
    std::string name{};
    type value_type = type::text;
    bool required = false;
    std::optional<std::string> default_value{};
    std::optional<std::int64_t> least{}, most{}; ///< integer: value; text: letters
};

struct budget {
    std::optional<money> run{}, day{};
};

struct notify_rule {
    std::vector<std::string> when{};
    std::string channel{};
};

/// One valid job file. `own` holds the kind's keys; drop it once the kind has prepared its typed job.
struct document {
    std::string name{}; ///< the file's name without ".yaml"
    std::string file{};
    std::string kind{};
    std::string description{};
    bool enabled = true;
    std::vector<parameter> parameters{};
    std::optional<schedule> when{};
    budget limits{};
    int concurrency = 1;
    std::vector<notify_rule> notify{};
    std::string source{}; ///< the file's text
    std::string digest{}; ///< of the text, 64 hex digits
    std::optional<yaml::reader> kind_keys{};
};

/// Nothing: the file's name can be a job's, with letters, digits, `-`, `_` and `.`; it goes into addresses, log fields
/// and command lines.
std::optional<yaml::problem> job_name_problem(const std::string& name, const std::string& path);

/// What the loader must know of a kind.
struct kind_definition {
    std::string name{};
    yaml::shape_ptr keys{};                ///< a record
    std::vector<std::string> moments{};    ///< of notify.when beside started, done, failed, attention
    bool spends = false;                   ///< then `budget` is required
};

/// The common keys alone; the table of one kind is common + own.
yaml::shape_ptr common_keys();
yaml::shape_ptr keys_of(const kind_definition& kind);

/// What the configuration offers to jobs: names that a job may refer to.
struct load_environment {
    time_zone zone = time_zone::utc();
    std::vector<std::string> channels{};
};

/// Parses, finds the kind, checks the keys and the common meaning (exactly one of cron/every/at, parameters with sound
/// defaults, channels that exist, notify words of the kind, required budget, unknown time zone). nullopt if there is an error.
std::optional<document> decode(std::string text, const std::string& path, const std::vector<kind_definition>& kinds,
                               const load_environment& around, yaml::problems& found);

/// Values for the declared parameters: given ones checked, defaults filled in. All as text. Unknown or missing names, wrong types
/// or limits: errc::invalid_argument naming all of them.
result<std::map<std::string, std::string>> bind_parameters(const std::vector<parameter>& declared, const boost::json::object& given);

} // namespace ulak::job
