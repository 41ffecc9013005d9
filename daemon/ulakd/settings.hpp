// ulak.yaml, decoded.
#pragma once

#include "core/wall_time.hpp"
#include "engine/engine.hpp"
#include "events/log_sink.hpp"
#include "providers/account_settings.hpp"
#include "yaml/problem.hpp"

#include <optional>
#include <string>
#include <vector>

namespace ulak::daemon {

/// A channel as it is written; client_builder gives it its client.
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

/// Holds secrets, so it moves and is never copied. Paths are absolute, but `file` is as it was given.
struct settings {
    std::string file{}, config_dir{};
    time_zone zone = time_zone::utc();
    std::string state_dir{}, jobs_dir{};
    std::string socket{}, view_socket{};
    std::string metrics_address{}; ///< empty: only on the control socket
    unsigned short metrics_port = 0;
    log_settings log{};
    engine::retention retention{};
    engine::otp_limits otp{};
    std::string ca_file{};
    std::vector<providers::account_settings> accounts{};
    std::vector<channel_settings> channels{};
    bool allow_literal_secrets = false; ///< secrets may be written into the file
    bool simulated = false;             ///< runs start on demand only
    bool may_create_store = true;       ///< in a folder where nothing shows that there was one
};

/// Reads the file and every secret that it names, and reports all problems at once. Returns what could be read, with
/// defaults for the rest and without the accounts that have errors: good for checks, not for running a daemon.
/// `without_secrets`: every secret is "none", and none is looked up.
settings read_settings(const std::string& path, bool allow_literal_secrets, yaml::problems& found,
                       bool without_secrets = false);

/// The same for a daemon: empty if there is an error.
std::optional<settings> load_settings(const std::string& path, bool allow_literal_secrets, yaml::problems& found);

} // namespace ulak::daemon
