// `sms.send` as a job file says it, checked and typed.
#pragma once

#include "core/file_fence.hpp"
#include "csv/csv_file.hpp"
#include "job/text_template.hpp"
#include "job/until.hpp"
#include "job/window.hpp"
#include "yaml/reader.hpp"

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace ulak::kinds::sms {

/// Where the recipients come from: a file of rows, or a list of numbers.
struct recipient_settings {
    std::string csv{};  ///< absolute path; empty: `numbers`
    file_fence fence{}; ///< where the file may lie; a path that was given as absolute: anywhere but among the secrets
    csv::csv_options form{}; ///< how the file is written; its column is that of the numbers
    std::vector<job::text_template> numbers{};
    bool stop_on_invalid = false;                           ///< an unusable row ends the run before anything is sent
    std::optional<std::chrono::milliseconds> sent_within{}; ///< skip those that any run messaged since then
};

enum class encoding_choice { automatic, turkish, english };
/// What becomes of letters that no SMS alphabet has.
enum class unsupported_letters { replace, skip, stop };

struct message_settings {
    bool commercial = false;
    std::string sender{};
    std::string recipient_type{}; ///< list of the consent register; empty: the provider is not told
    job::text_template text{};
    encoding_choice encoding = encoding_choice::automatic;
    unsupported_letters unsupported = unsupported_letters::replace;
    std::optional<std::chrono::hours> validity{}; ///< how long the provider tries; absent: as it likes
    std::size_t max_segments = 0;                 ///< 0: as the provider allows
};

/// A first send to a few numbers, and a pause in which an operator may look at it and cancel.
struct rehearsal_settings {
    std::vector<std::string> to{}; ///< ten digits each
    std::chrono::milliseconds wait{};
};

struct settings {
    std::string account{};
    recipient_settings recipients{};
    message_settings message{};
    std::optional<job::window> window{};                      ///< the hours in which messages may be sent
    std::optional<job::until> send_until{};                   ///< what is unsent then is skipped
    std::optional<std::chrono::milliseconds> give_up_after{}; ///< the same, counted from when the run was asked for
    std::optional<yaml::rate_value> pace{};                   ///< of this job, beside the account's own
    std::size_t chunk = 0;                                    ///< numbers in one call
    std::optional<rehearsal_settings> rehearsal{};
    bool approved_by_other = false;        ///< a run begins only on a second person's word
    std::chrono::milliseconds track_for{}; ///< how long reports are asked for
};

} // namespace ulak::kinds::sms
