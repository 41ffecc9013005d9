// How many calls a send takes, and how long, before anything is sent.
#pragma once

#include "core/wall_time.hpp"
#include "job/window.hpp"
#include "kinds/sms_send/settings.hpp"
#include "ledger/records.hpp"
#include "providers/account.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace ulak::kinds::sms {

/// Counts calls as the chunk builder makes them, an item after the other, with little memory. Pure; the settings and
/// the sender of the account must outlive it.
class send_estimate {
  public:
    /// `common_text` is that of all items that have none of their own.
    send_estimate(const settings& s, const providers::sms_sender& provider, std::string common_text);

    /// Those that are skipped do not count.
    void add(const std::vector<ledger::item_record>& block);
    /// The last chunk is made.
    void finish();

    std::int64_t requests() const noexcept { return requests_; }
    /// At the pace of the job; nothing where it has none.
    std::chrono::milliseconds pace_time() const;

  private:
    std::int64_t calls_for(const std::string& text, std::int64_t recipients) const;

    const settings& settings_;
    const providers::sms_sender& provider_;
    std::string common_text_;
    std::map<std::string, std::int64_t> page_{}; ///< recipients by text
    std::size_t in_page_ = 0;
    std::int64_t requests_ = 0, recipients_ = 0, segments_ = 0;
};

/// When so much time of sending is over that begins then and rests while the window is closed. nullopt: the window does
/// not open for as long as it is looked at.
std::optional<wall_point> end_of_sending(const std::optional<job::window>& window, wall_point begin,
                                         std::chrono::milliseconds needed);

} // namespace ulak::kinds::sms
