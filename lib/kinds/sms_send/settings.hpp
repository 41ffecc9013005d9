// `sms.send` as a file says it.
#pragma once

#include "core/sms_text.hpp"
#include "job/window.hpp"
#include "kinds/kind.hpp"

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace ulak::kinds::sms {

/// Where the recipients come from: a file of rows, or a list of numbers.
struct recipient_settings {
    std::string csv{};   ///< absolute path; empty: `list`
    std::string base_folder{}; ///< the folder that the file must not leave; empty: an absolute path was given
    std::string phone_column{};
    std::vector<job::text_template> numbers{};
    bool stop_on_invalid = false;
    std::optional<std::chrono::milliseconds> sent_within{};
};

enum class encoding_choice { automatic, turkish, english };

struct message_settings {
    bool commercial = false;
    std::string sender{}, recipient_type{};
    job::text_template text{};
    encoding_choice encoding = encoding_choice::automatic;
    std::optional<std::chrono::hours> validity{};
    std::size_t max_segments = 0; ///< 0: as the provider allows
};

struct rehearsal_settings {
    std::vector<std::string> to{};
    std::chrono::milliseconds wait{};
};

struct settings {
    std::string account{};
    recipient_settings recipients{};
    message_settings message{};
    std::optional<job::window> window{};
    std::optional<yaml::rate_value> pace{};
    std::size_t chunk = 0;
    std::optional<rehearsal_settings> rehearsal{};
    std::chrono::milliseconds track_for{};
};

job::kind_definition table();
std::shared_ptr<const prepared_job> prepare(const job::document& file, const load_context& around,
                                            yaml::problems& found);

/// The limits that a text has to keep.
struct text_limits {
    encoding_choice encoding = encoding_choice::automatic;
    bool provider_takes_encoding = true;  ///< the provider takes an encoding, and none for letters beyond both alphabets
    std::size_t max_segments = 0; ///< 0: any
};

struct measured_text {
    std::string text{}; ///< with accents joined to their letters
    bool turkish = false;
    int segments = 0;
};

/// errc::validation that names the letter or the number of segments.
result<measured_text> measure(const std::string& text, const text_limits& limits);
text_limits limits_of(const message_settings& m, const providers::account& who);

/// The literal parts of a template, which are in every rendered text.
std::string literal_part(const job::text_template& t);

} // namespace ulak::kinds::sms
