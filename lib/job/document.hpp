// A job file, decoded: what all kinds have in common, and the kind's own keys as a reader.
#pragma once

#include "core/time_zone.hpp"
#include "job/bind_parameters.hpp"
#include "job/budget.hpp"
#include "job/common_keys.hpp"
#include "job/decide.hpp"
#include "job/kind_definition.hpp"
#include "job/notify_rule.hpp"
#include "job/parameter.hpp"
#include "job/schedule.hpp"
#include "job/text_template.hpp"
#include "yaml/reader.hpp"

#include <optional>
#include <string>
#include <vector>

namespace ulak::job {

/// One job file. `kind_keys` holds the kind's own keys; drop it once the kind has prepared its typed job.
struct document {
    std::string name{}; ///< the file's name without ".yaml"
    std::string file{};
    std::string kind{};
    std::string description{};
    bool enabled = true;
    std::vector<parameter> parameters{};
    std::optional<schedule> when{}; ///< nullopt: on demand only
    budget limits{};
    int concurrency = 1;
    std::vector<notify_rule> notify{};
    std::string source{}; ///< the file's text
    std::string digest{}; ///< of the text, 64 hex digits
    std::optional<yaml::reader> kind_keys{};
};

/// What the configuration offers to jobs: the usual zone, and names that a job may refer to.
struct load_environment {
    time_zone zone = time_zone::utc();
    std::vector<std::string> channels{};
    std::optional<wall_point> now{}; ///< of a check: what is over by then is warned of
};

/// nullopt if the file's name can be a job's: letters, digits, `-`, `_` and `.`, since it goes into addresses, log
/// fields and command lines. Else the problem, for the file as a whole.
std::optional<yaml::problem> job_name_problem(const std::string& name, const std::string& path);

/// Parses, finds the kind, checks the keys and what they mean together (exactly one of cron, every and at; parameters
/// with sound defaults; channels that exist; moments of the kind; a budget where money is spent; known time zones;
/// templates that can be read). Reports all problems at once; nullopt if one of them is an error.
std::optional<document> decode(std::string text, const std::string& path, const std::vector<kind_definition>& kinds,
                               const load_environment& environment, yaml::problems& found);

/// As `decode`, but the document comes back although it has errors, with defaults in their place, so that a check can
/// report what is wrong with the kind's keys as well. nullopt only if the text is not YAML or names no kind. Must never
/// be run.
std::optional<document> decode_leniently(std::string text, const std::string& path,
                                         const std::vector<kind_definition>& kinds, const load_environment& environment,
                                         yaml::problems& found);

} // namespace ulak::job
