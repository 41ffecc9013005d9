// A bare yaml-cpp: bench_yaml FOLDER loads every file of it.
#include <yaml-cpp/yaml.h>

#include <filesystem>
#include <iostream>

int main(int, char** words)
{
    std::size_t keys = 0;
    for (const auto& entry : std::filesystem::directory_iterator(words[1]))
        keys += YAML::LoadFile(entry.path()).size();
    std::cout << keys << '\n';
}
