// ulak.yaml, decoded into one struct per room.
#pragma once

#include "core/wall_time.hpp"
#include "engine/engine.hpp"
#include "events/log_sink.hpp"
#include "providers/account_settings.hpp"
#include "yaml/problem.hpp"
#include "yaml/shape.hpp"

#include <optional>
#include <string>
#include <vector>

namespace ulak::daemon {

/// A channel as it is written; the composition root gives it its way out.
struct channel_settings {
    enum class type { webhook, sms, program };

    std::string name{};
    type kind = type::webhook;
    std::string url{};
    secret sign{};
    std::string account{}, sender{};
    std::vector<phone> to{};
    std::vector<std::string> arguments{};
};

struct log_settings {
    events::level min_level = events::level::info;
    events::format format = events::format::automatic;
    std::string file{};
};

/// Holds secrets, so it moves and is never copied. Paths are absolute.
struct settings {
    std::string file{}, config_dir{};
    time_zone zone = time_zone::utc();
    std::string state_dir{}, jobs_dir{};
    std::string socket{}, view_socket{};
    std::string metrics_address{}; ///< empty: only on the control socket
    unsigned short metrics_port = 0;
    log_settings log{};
    engine::retention retention{};
    std::string ca_file{};
    std::vector<providers::account_settings> accounts{};
    std::vector<channel_settings> channels{};
    bool allow_literal_secrets = false;  ///< secrets may be written into the file
    bool simulated = false; ///< runs start on demand alone
};

/// The table of keys of ulak.yaml.
yaml::shape_ptr settings_table();

/// Reads the file and every secret that it names. All problems at once; what could be read, with defaults for the rest
/// and without accounts that have errors. For checks; a daemon runs by `load_settings` alone.
/// `without_secrets`: none is looked for.
settings read_settings(const std::string& path, bool allow_literal_secrets, yaml::problems& found,
                       bool without_secrets = false);

/// The same, and nullopt if there is an error.
std::optional<settings> load_settings(const std::string& path, bool allow_literal_secrets, yaml::problems& found);

} // namespace ulak::daemon
