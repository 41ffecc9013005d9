// Binds a run to the file of its recipients: positions mean the same people only while the file is the same.
#pragma once

#include "kinds/run_context.hpp"
#include "kinds/sms_send/settings.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace ulak::kinds::sms {

/// What a file was when a run began to read it. The digest decides; the rest spares reading the file again.
struct bound_list {
    bound_list() = default;

    std::string digest{};
    std::int64_t size = 0;
    std::int64_t device = 0, inode = 0;
    std::int64_t modified = 0, changed = 0; ///< mtime and ctime, nanoseconds

    bool operator==(const bound_list&) const = default;
};

/// Reads every file of the job's recipients once; none for a list of numbers, which stands in the job's own text.
/// errc::not_found, errc::validation: a file cannot be read. errc::cancelled: the run is cancelled or stopped.
task<result<std::vector<bound_list>>> bind_lists(run_context& c, const recipient_settings& r);

/// errc::validation: a file is not what the run was bound to, or is gone. Reads a file only where its metadata has
/// changed, or `thorough` asks for it; then the metadata is taken over into `bound`.
/// errc::cancelled as above.
task<result<void>> require_same_lists(run_context& c, const recipient_settings& r, std::vector<bound_list>& bound,
                                      bool thorough);

} // namespace ulak::kinds::sms
