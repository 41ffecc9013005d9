// An account that sends SMS, a folder for lists, and jobs on them.
#pragma once

#include "kinds/sms_send/settings.hpp"
#include "kinds/world.hpp"

#include <filesystem>
#include <fstream>

namespace ulak::tests {

struct sms_world : world {
    sms_world() : bulk(sends_sms("bulk"))
    {
        folder =
            (std::filesystem::temp_directory_path() / ("ulak-kinds-" + make_ulid(unix_ms(clock.wall_now())))).string();
        std::filesystem::create_directories(folder);
    }
    ~sms_world() { std::filesystem::remove_all(folder); }

    void write(const std::string& name, const std::string& text)
    {
        std::ofstream(folder + "/" + name, std::ios::binary) << text;
    }

    std::int64_t counted(const run_id& id, const char* key) { return counts_of(id).at(key).to_number<std::int64_t>(); }
    void check_sum(const run_id& id)
    {
        std::int64_t sum = 0;
        for (const char* key : {"pending", "skipped", "submitted", "delivered", "undelivered", "rejected", "ambiguous"})
            sum += counted(id, key);
        BOOST_TEST(sum == counted(id, "total"));
    }

    fake_sms& bulk;
};

inline std::string job_with(const std::string& recipients, const std::string& message = "",
                            const std::string& more = "")
{
    return "version: 1\nkind: sms.send\naccount: bulk\nbudget: {run: 100000 credits}\nrecipients: " + recipients +
           "\nmessage: {type: informational, sender: MARKA, " + (message.empty() ? "text: Merhaba" : message) + "}\n" +
           more;
}

inline const std::string three = "{list: [\"5551112233\", \"5551112234\", \"5551112235\"]}";

inline std::string rows(int n)
{
    std::string csv = "ad;gsm\n";
    for (int i = 0; i < n; ++i)
        csv += "Ali;0555" + std::to_string(1000000 + i) + "\n";
    return csv;
}

} // namespace ulak::tests
