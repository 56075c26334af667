using System.IO;

namespace IotAttest.Agent
{
    /// <summary>The few files that an agent reads and writes. Each call may throw what the file system throws.</summary>
    public interface IFileStore
    {
        /// <summary>True when the file is there.</summary>
        bool Exists(string name);

        /// <summary>Opens a file that is there, from its start; the caller disposes the stream.</summary>
        Stream OpenRead(string name);

        /// <summary>Makes a file, or empties the one that is there; what is written has to last once the stream is flushed. The caller disposes the stream.</summary>
        Stream Create(string name);
    }
}
