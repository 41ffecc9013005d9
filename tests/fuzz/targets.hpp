// What bytes of strangers go through. Each target takes any bytes and must neither crash, hang nor break a law; a
// broken law aborts.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace ulak::fuzz {

struct target {
    std::string_view name;
    void (*run)(std::string_view bytes);
};

std::span<const target> targets();

void files(std::string_view bytes); ///< job files
void texts(std::string_view bytes); ///< schedules, templates, secrets

} // namespace ulak::fuzz
