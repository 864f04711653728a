//! A photo that comes in is read in a process of its own: what a stranger's file does to a decoder, it does there. The memory and the
//! time it takes have a limit, and the window goes on whatever comes of it. What was kept is printed by the window itself.

use crate::desktop::scratch;
use atelier_core::photo::{self, MOST_PIXELS, Photo, is_heic};
use atelier_core::refusal::Refusal;
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

/// What this program is called with to read one photo and nothing else.
const READS_A_PHOTO: &str = "--read-photo";

/// So long reading a photo may take, and so long converting one.
const MOST_TIME: Duration = Duration::from_secs(30);

/// So much may be made of one, in bytes.
const MOST_MADE: u64 = 256 << 20;

/// The most that a converter may make of a photo, in bytes.
const LARGEST_CONVERTED: usize = 64 << 20;

/// What is said of a photo that takes more memory or time than it may.
const TOO_MUCH: Refusal = Refusal::PictureTooLarge { most: 8000 };

/// Why a photo is not kept, by the number that the process answers, from 1.
const REFUSALS: [Refusal; 5] = [
    Refusal::NotAPicture,
    Refusal::TruncatedPicture,
    Refusal::PictureTooNarrow,
    Refusal::PictureTooLarge { most: MOST_PIXELS },
    Refusal::HeicUnreadable,
];

/// Whether this process was started to read a photo.
pub fn is_asked() -> bool {
    std::env::args_os().nth(1).is_some_and(|first| first == READS_A_PHOTO)
}

/// What the process does: a photo comes in, and goes out as it is kept, or why it is not. Answers its exit code.
pub fn serve() -> i32 {
    let mut bytes = Vec::new();
    let answered = std::io::stdin()
        .read_to_end(&mut bytes)
        .and_then(|_| std::io::stdout().write_all(&told(&photo::read(&bytes))))
        .and_then(|()| std::io::stdout().flush());
    i32::from(answered.is_err())
}

/// Reads a photo, one of an iPhone as every program reads it.
///
/// # Errors
/// As [`photo::read`]; [`TOO_MUCH`] where reading it takes more than it may.
pub fn read(bytes: &[u8]) -> Result<Photo, Refusal> {
    let jpeg = if is_heic(bytes) { converted(bytes) } else { None };
    let bytes = jpeg.as_deref().unwrap_or(bytes);
    let read = this_program().and_then(|program| read_by(limited(&program).arg(READS_A_PHOTO), bytes, MOST_TIME));
    read.unwrap_or_else(|| {
        // A photo is kept all the same where no process can be had for it.
        tracing::warn!("a photo was read without a process of its own");
        photo::read(bytes)
    })
}

/// Where this program is, also once an update put another in its place.
fn this_program() -> Option<PathBuf> {
    if cfg!(target_os = "linux") {
        return Some(format!("/proc/{}/exe", std::process::id()).into());
    }
    std::env::current_exe().ok()
}

/// A program with two gigabytes of memory and no more, where a shell can say so.
fn limited(program: &Path) -> Command {
    if !cfg!(target_os = "linux") {
        return Command::new(program);
    }
    let mut shell = Command::new("sh");
    shell.args(["-c", "ulimit -v 2097152; exec \"$@\"", "sh"]).arg(program);
    shell
}

/// Has a process read a photo; nothing where it does not start.
fn read_by(command: &mut Command, bytes: &[u8], most: Duration) -> Option<Result<Photo, Refusal>> {
    let piped = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null());
    let mut child = piped.spawn().ok()?;
    let (input, output) = (child.stdin.take(), child.stdout.take());
    let (ended, made) = std::thread::scope(|scope| {
        // It is written and read at once: neither waits for a full pipe. A process that ends early reads no more.
        scope.spawn(move || input.map(|mut input| input.write_all(bytes)));
        let made = scope.spawn(move || {
            let mut made = Vec::new();
            output.map(|output| output.take(MOST_MADE).read_to_end(&mut made));
            made
        });
        (ended(&mut child, most), made.join().unwrap_or_default())
    });
    let code = ended.and_then(|ended| ended.code());
    // What a shell says of a program that is not there, or cannot be run.
    if matches!(code, Some(126 | 127)) {
        return None;
    }
    let made = understood(&made).filter(|_| code == Some(0));
    Some(made.unwrap_or_else(|| {
        tracing::warn!("reading a photo took too much: {ended:?}");
        Err(TOO_MUCH)
    }))
}

/// HEIC by the system's own converter, where there is one.
fn converted(bytes: &[u8]) -> Option<Vec<u8>> {
    let folder = scratch()?;
    let (from, to) = (folder.join("photo.heic"), folder.join("photo.jpg"));
    let mut command = if cfg!(target_os = "macos") {
        let mut sips = Command::new("sips");
        sips.args(["-s", "format", "jpeg"]).arg(&from).arg("--out").arg(&to);
        sips
    } else {
        let mut convert = limited(Path::new("heif-convert"));
        convert.args(["-q", "92"]).arg(&from).arg(&to);
        convert
    };
    let quiet = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let child = std::fs::write(&from, bytes).and_then(|()| quiet.spawn());
    let done = child.is_ok_and(|mut child| ended(&mut child, MOST_TIME).is_some_and(|status| status.success()));
    let jpeg = if done { std::fs::read(&to).ok() } else { None };
    let _ = std::fs::remove_dir_all(folder);
    jpeg.filter(|jpeg| jpeg.len() <= LARGEST_CONVERTED)
}

/// How a process ended; nothing for one that took too long, and was ended.
fn ended(child: &mut Child, most: Duration) -> Option<ExitStatus> {
    let begun = Instant::now();
    while begun.elapsed() < most {
        match child.try_wait() {
            Ok(Some(status)) => return Some(status),
            Ok(None) => std::thread::sleep(Duration::from_millis(5)),
            Err(_) => break,
        }
    }
    let _ = child.kill();
    let _ = child.wait();
    None
}

/// What the process answers: nought, width, height, and each of the four pictures after its length; or the number of a refusal.
fn told(read: &Result<Photo, Refusal>) -> Vec<u8> {
    let photo = match read {
        Ok(photo) => photo,
        Err(why) => {
            let known = REFUSALS.iter().zip(1_u8..).find(|(known, _)| *known == why);
            return vec![known.map_or(1, |(_, number)| number)];
        }
    };
    let mut out = vec![0];
    out.extend(photo.width.to_be_bytes());
    out.extend(photo.height.to_be_bytes());
    for picture in [&photo.original, &photo.picture, &photo.printed, &photo.thumb] {
        out.extend(picture.len().to_be_bytes());
        out.extend(picture);
    }
    out
}

/// What was answered; nothing where it makes no sense.
fn understood(answer: &[u8]) -> Option<Result<Photo, Refusal>> {
    let (&kind, rest) = answer.split_first()?;
    if kind > 0 {
        return REFUSALS.get(usize::from(kind) - 1).cloned().map(Err);
    }
    let (width, rest) = rest.split_first_chunk()?;
    let (height, mut rest) = rest.split_first_chunk()?;
    let mut picture = || {
        let (length, after) = rest.split_first_chunk()?;
        let (picture, after) = after.split_at_checked(usize::from_be_bytes(*length))?;
        rest = after;
        Some(picture.to_vec())
    };
    let [original, picture, printed, thumb] = [picture()?, picture()?, picture()?, picture()?];
    Some(Ok(Photo {
        original,
        picture,
        printed,
        thumb,
        width: u32::from_be_bytes(*width),
        height: u32::from_be_bytes(*height),
    }))
}

#[cfg(test)]
mod tests {
    use super::{REFUSALS, TOO_MUCH, read_by, told, understood};
    use atelier_core::photo::Photo;
    use std::process::Command;
    use std::time::Duration;

    #[test]
    fn what_is_told_is_understood_as_it_was_meant() {
        let photo = Photo {
            original: vec![1; 70_000],
            picture: vec![2; 300],
            printed: Vec::new(),
            thumb: vec![3],
            width: 1600,
            height: 1200,
        };
        assert_eq!(understood(&told(&Ok(photo.clone()))), Some(Ok(photo.clone())));
        for refusal in REFUSALS {
            assert_eq!(understood(&told(&Err(refusal.clone()))), Some(Err(refusal)));
        }
        let whole = told(&Ok(photo));
        for cut in [0, 1, 8, 20, whole.len() - 1] {
            assert_eq!(understood(&whole[..cut]), None, "{cut}");
        }
    }

    /// A decoder that never ends, one that fails, one that reads nothing, one that says nothing to the point; and one that is not there.
    #[test]
    fn whatever_becomes_of_the_process_the_photo_alone_is_refused() {
        let by = |script: &str| {
            read_by(
                Command::new("sh").args(["-c", script]),
                &vec![7; 1 << 20],
                Duration::from_secs(2),
            )
        };
        for script in [
            "cat >/dev/null; exec sleep infinity",
            "exit 3",
            "kill -SEGV $$",
            "echo no",
            "exec 0<&-; printf '\\000'",
        ] {
            assert_eq!(by(script), Some(Err(TOO_MUCH)), "{script}");
        }
        assert_eq!(by("exec /no/such/program"), None);
        assert_eq!(
            read_by(&mut Command::new("/no/such/program"), &[], Duration::from_secs(2)),
            None
        );
    }
}
