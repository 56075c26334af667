using System.IO;

namespace IotAttest.Agent
{
    /// <summary>The files of one folder: on boards <c>I:\</c>.</summary>
    /// <remarks>Boards write through with each call (System.IO.FileSystem 1.1.93: Flush has nothing left to do).</remarks>
    public sealed class FileStore : IFileStore
    {
        private readonly string _folder;

        /// <summary>Takes the folder with its ending separator.</summary>
        public FileStore(string folder)
        {
            _folder = folder;
        }

        /// <inheritdoc/>
        public bool Exists(string name)
        {
            return File.Exists(_folder + name);
        }

        /// <inheritdoc/>
        public Stream OpenRead(string name)
        {
            return new FileStream(_folder + name, FileMode.Open, FileAccess.Read);
        }

        /// <inheritdoc/>
        public Stream Create(string name)
        {
            return new FileStream(_folder + name, FileMode.Create, FileAccess.Write);
        }
    }
}
