<?php
/**
 * Plugin Name:       Career Advisor
 * Description:       Puts the chat of your career advisor on every page: its one tag, with a page of settings.
 * Version:           0.1.0
 * Requires at least: 5.7
 * Requires PHP:      7.4
 * Author:            The Career Advisor authors
 * License:           MIT
 * License URI:       https://opensource.org/license/mit
 * Text Domain:       career-advisor
 * Domain Path:       /languages
 * Update URI:        false
 *
 * It keeps its settings in one option, which goes when it is deleted, and asks nobody for anything: the chat is
 * between the visitor's browser and the advisor. A page whose text has [career-advisor-off] in it goes without.
 *
 * @package CareerAdvisor
 */

namespace CareerAdvisor;

defined( 'ABSPATH' ) || exit;

const NAME = 'career-advisor'; // of the script, the settings page and the shortcode
const KEPT = 'career_advisor'; // the option

add_action( 'init', __NAMESPACE__ . '\\begin' );
add_action( 'wp_enqueue_scripts', __NAMESPACE__ . '\\enqueue' );
add_filter( 'script_loader_tag', __NAMESPACE__ . '\\tag', 10, 2 );
add_action( 'admin_init', __NAMESPACE__ . '\\register' );
add_action( 'admin_menu', __NAMESPACE__ . '\\menu' );
add_action( 'admin_notices', __NAMESPACE__ . '\\notice' );
add_filter( 'plugin_action_links_' . plugin_basename( __FILE__ ), __NAMESPACE__ . '\\links' );
register_uninstall_hook( __FILE__, __NAMESPACE__ . '\\uninstall' );

/** Translations, and the shortcode, which shows nothing itself. */
function begin() {
	load_plugin_textdomain( 'career-advisor', false, dirname( plugin_basename( __FILE__ ) ) . '/languages' );
	add_shortcode( NAME . '-off', '__return_empty_string' );
}

// ---- The tag ----

/** Asks for the script, on every page that does not do without. */
function enqueue() {
	$advisor = settings()['advisor'];
	$page    = is_singular() ? get_post( get_queried_object_id() ) : null;
	$off     = $page && has_shortcode( $page->post_content, NAME . '-off' );
	if ( '' === $advisor || ! apply_filters( 'career_advisor_show', ! $off ) ) {
		return;
	}
	// Before WordPress 6.3 the last argument was only whether the script goes to the footer, and an array says yes.
	$where = array(
		'in_footer' => true,
		'strategy'  => 'defer',
	);
	wp_enqueue_script( NAME, $advisor . 'widget.js', array(), null, $where ); // phpcs:ignore WordPress.WP.EnqueuedResourceParameters -- the advisor's own caching tells versions apart.
}

/** Puts the settings into the script's tag, and defer where WordPress has not. */
function tag( $tag, $handle ) {
	if ( NAME !== $handle ) {
		return $tag;
	}
	$written = preg_match( '/<script[^>]*\sdefer\b/', $tag ) ? '' : ' defer';
	foreach ( attributes( settings() ) as $name => $value ) {
		$written .= sprintf( ' %s="%s"', $name, esc_textarea( $value ) ); // esc_attr leaves &quot; as it is, and JSON breaks on that.
	}
	$begin = function ( $found ) use ( $written ) {
		return $found[0] . $written;
	};
	return preg_replace_callback( '/<script(?=[^>]*\ssrc=)/', $begin, $tag, 1 );
}

/** The data- attributes; what is not set is left to the widget. */
function attributes( array $settings ) {
	// For where an optimiser has moved the script into another, so that it has no address of its own.
	$attributes = array( 'data-advisor' => $settings['advisor'] );
	foreach ( array( 'title', 'greeting', 'color', 'position', 'lang', 'theme', 'forget', 'notice' ) as $name ) {
		$attributes[ "data-$name" ] = $settings[ $name ];
	}
	$readable = JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES;
	if ( '' !== $settings['starters'] ) {
		$attributes['data-starters'] = wp_json_encode( explode( "\n", $settings['starters'] ), $readable );
	}
	return array_filter( $attributes, 'strlen' );
}

// ---- The settings ----

/** What is set, all of it text; empty where it is left to the widget. */
function settings() {
	$kept    = get_option( KEPT, array() );
	$unset   = array_fill_keys( array( 'advisor', 'title', 'greeting', 'starters', 'color', 'lang', 'theme', 'forget', 'notice' ), '' );
	$unset  += array( 'position' => 'end' );
	return is_array( $kept ) ? array_intersect_key( array_filter( $kept, 'is_string' ), $unset ) + $unset : $unset;
}

/** The settings as they are asked for: how, what they are called, and what to know of them. */
function fields() {
	return array(
		'advisor'  => array(
			'url',
			__( 'Address of the advisor', 'career-advisor' ),
			/* translators: %s: the address of this website, as ADVISOR_ORIGINS has it. */
			sprintf( __( 'As in https://advisor.example.org/. The advisor has to know this website: name %s in its ADVISOR_ORIGINS.', 'career-advisor' ), origin() ),
		),
		'title'    => array( 'text', __( 'Title', 'career-advisor' ), __( 'The heading of the chat. Empty: Career Advisor.', 'career-advisor' ) ),
		'greeting' => array( 'textarea', __( 'Greeting', 'career-advisor' ), __( 'The first message; may hold **bold**, lists and links. Empty: who it is and what it can do.', 'career-advisor' ) ),
		'starters' => array( 'textarea', __( 'First questions', 'career-advisor' ), __( 'One a line. Empty: three questions about production technicians.', 'career-advisor' ) ),
		'color'    => array( 'text', __( 'Colour', 'career-advisor' ), __( 'As CSS has it: #0b5c63, teal, rgb(11 92 99), light-dark(#0b5c63, #74cdd1). Empty: a dark teal.', 'career-advisor' ) ),
		'position' => array(
			array(
				'end'   => __( 'Where lines end (bottom right, in English)', 'career-advisor' ),
				'start' => __( 'Where lines begin (bottom left, in English)', 'career-advisor' ),
			),
			__( 'Corner', 'career-advisor' ),
			'',
		),
		'lang'     => array( 'text', __( 'Language', 'career-advisor' ), __( 'Of the words of the chat, for screen readers: en, es-MX. Empty: en. It translates nothing.', 'career-advisor' ) ),
		'theme'    => array(
			array(
				''      => __( 'As each visitor’s own', 'career-advisor' ),
				'light' => __( 'Light', 'career-advisor' ),
				'dark'  => __( 'Dark', 'career-advisor' ),
			),
			__( 'Theme', 'career-advisor' ),
			'',
		),
		'forget'   => array( 'number', __( 'Minutes until forgotten', 'career-advisor' ), __( 'For public computers: the conversation goes when the page is left, and after so many minutes without use. Empty: it stays for the visitor’s next page.', 'career-advisor' ) ),
		'notice'   => array( 'text', __( 'Notice', 'career-advisor' ), __( 'Yours, under the input, before “A chatbot that quotes documents. No personal advice.” (equal opportunity, privacy); may hold [links](https://…).', 'career-advisor' ) ),
	);
}

/** Takes each setting that is right, and keeps the old one, with a sentence why, where it is not. */
function sanitize( $given ) {
	$settings = settings();
	foreach ( is_array( $given ) ? array_intersect_key( $given, $settings ) : array() as $name => $value ) {
		$written = is_string( $value ) ? readable( $value ) : '';
		$value   = tidy( $name, $written );
		$refusal = refusal( $name, $value );
		if ( '' === $refusal ) {
			$settings[ $name ] = $value;
		} else {
			/* translators: 1: why it is refused, 2: what was written. */
			$sentence = sprintf( __( '%1$s “%2$s” was not taken, and the old value stays.', 'career-advisor' ), $refusal, shortened( $written ) );
			add_settings_error( KEPT, $name, esc_html( $sentence ) );
		}
	}
	return $settings;
}

/** What was written, without what cannot be seen. Tags stay: they are shown as text. */
function readable( $value ) {
	$value = str_replace( array( "\r\n", "\r" ), "\n", wp_check_invalid_utf8( $value ) );
	return trim( preg_replace( '/[^\P{C}\n\t\x{200c}\x{200d}]/u', '', $value ) ); // the joiners are part of words and emoji
}

/** A setting as it is kept: one address for all ways to write it, a line for each question, else one line. */
function tidy( $name, $value ) {
	if ( 'advisor' === $name && '' !== $value ) {
		return preg_replace( '#(/widget\.js|/)?$#D', '/', $value, 1 );
	}
	if ( 'starters' === $name ) {
		return implode( "\n", array_filter( array_map( 'trim', explode( "\n", $value ) ), 'strlen' ) );
	}
	return 'greeting' === $name ? $value : preg_replace( '/\s+/', ' ', $value );
}

/** One sentence on what is wrong with a setting; none where it is right. */
function refusal( $name, $value ) {
	if ( mb_strlen( $value ) > 2000 ) {
		return __( 'At most 2,000 characters have room here.', 'career-advisor' );
	}
	if ( '' === $value && 'position' !== $name ) {
		return '';
	}
	switch ( $name ) {
		case 'advisor':
			return refused_address( $value );
		case 'color':
			return is_color( $value ) ? '' : __( 'A colour is written as in #0b5c63, teal or rgb(11 92 99).', 'career-advisor' );
		case 'lang':
			return preg_match( '/^[a-z]{2,3}(-[a-z0-9]{2,8})*$/iD', $value ) ? '' : __( 'A language is written as in en or es-MX.', 'career-advisor' );
		case 'forget':
			return preg_match( '/^[1-9]\d{0,2}$/D', $value ) ? '' : __( 'The minutes are a number from 1 to 999.', 'career-advisor' );
		case 'position':
		case 'theme':
			return isset( fields()[ $name ][0][ $value ] ) ? '' : __( 'That is none of the choices.', 'career-advisor' );
	}
	return '';
}

/** One sentence on what is wrong with the address of an advisor; none where it is right. */
function refused_address( $address ) {
	$host  = '(?<host>[\p{L}\p{N}]+(?:(?:\.|-+)[\p{L}\p{N}]+)*|\[::1\])';
	$right = preg_match( "#^(?<scheme>https?)://$host(?::(?<port>[1-9]\d{0,4}))?/(?:[\w.~%-]+/)*$#iuD", $address, $found );
	if ( ! preg_match( '#^https?://#i', $address ) ) {
		return __( 'The address of the advisor has to begin with https://.', 'career-advisor' );
	}
	if ( ! $right || (int) ( $found['port'] ?? 0 ) > 65535 ) {
		return __( 'The address of the advisor has to be like https://advisor.example.org/.', 'career-advisor' );
	}
	$here = preg_match( '/^(([\w-]+\.)*localhost|127\.0\.0\.1|\[::1\])$/iD', $found['host'] );
	if ( 'http' === strtolower( $found['scheme'] ) && ! $here ) {
		return __( 'The address of the advisor has to begin with https://; only on localhost it may be http://.', 'career-advisor' );
	}
	return '';
}

/** Whether it is a colour of CSS; of the names only the oldest, so that none is misspelt, and nothing that fetches. */
function is_color( $value ) {
	$hex      = '#(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})';
	$named    = 'aqua|black|blue|fuchsia|gray|green|lime|maroon|navy|olive|orange|purple|red|silver|teal|white|yellow';
	$function = '(?:rgba?|hsla?|hwb|(?:ok)?(?:lab|lch))\([0-9a-z%.,\/ -]+\)';
	$one      = "(?:$hex|$named|$function)";
	return 1 === preg_match( "/^(?:$one|light-dark\($one, ?$one\))$/iD", $value );
}

/** A value as it is repeated in a sentence. */
function shortened( $value ) {
	return mb_strlen( $value ) > 80 ? mb_substr( $value, 0, 80 ) . '…' : $value;
}

/** The address of this website, as the advisor knows it. */
function origin() {
	return preg_replace( '#^(https?://[^/]+).*$#is', '$1', home_url() );
}

// ---- The pages of the admin ----

/** The settings as WordPress knows them, and what it suggests for the website's page on privacy. */
function register() {
	$option = array(
		'type'              => 'array',
		'sanitize_callback' => __NAMESPACE__ . '\\sanitize',
	);
	register_setting( NAME, KEPT, $option );
	add_settings_section( NAME, '', '__return_null', NAME );
	foreach ( fields() as $name => list( $kind, $label, $help ) ) {
		$shown = compact( 'name', 'kind', 'help' ) + array( 'label_for' => NAME . "-$name" );
		add_settings_field( $name, esc_html( $label ), __NAMESPACE__ . '\\field', NAME, NAME, $shown );
	}
	$advisor = settings()['advisor'];
	if ( '' !== $advisor ) {
		/* translators: %s: the address of the advisor's page on privacy. */
		$suggested = sprintf( __( 'What is written into the chat goes to our career advisor and is kept as %s says. The browser keeps a session token once somebody writes, and no cookie.', 'career-advisor' ), $advisor . 'privacy' );
		wp_add_privacy_policy_content( 'Career Advisor', '<p>' . esc_html( $suggested ) . '</p>' );
	}
}

/** A page under Settings. */
function menu() {
	add_options_page( __( 'Career Advisor', 'career-advisor' ), __( 'Career Advisor', 'career-advisor' ), 'manage_options', NAME, __NAMESPACE__ . '\\page' );
}

/** The page of the settings. */
function page() {
	echo '<div class="wrap"><h1>' . esc_html( get_admin_page_title() ) . '</h1><form action="options.php" method="post">';
	settings_fields( NAME );
	do_settings_sections( NAME );
	submit_button();
	echo '</form></div>';
}

/** One setting of the page. */
function field( array $shown ) {
	$value = settings()[ $shown['name'] ];
	$named = sprintf( 'id="%1$s" name="%2$s[%3$s]"', esc_attr( $shown['label_for'] ), esc_attr( KEPT ), esc_attr( $shown['name'] ) );
	if ( '' !== $shown['help'] ) {
		$named .= sprintf( ' aria-describedby="%s-help"', esc_attr( $shown['label_for'] ) );
	}
	if ( is_array( $shown['kind'] ) ) {
		echo "<select $named>"; // phpcs:ignore WordPress.Security.EscapeOutput -- escaped above.
		foreach ( $shown['kind'] as $choice => $label ) {
			printf( '<option value="%s"%s>%s</option>', esc_attr( $choice ), selected( $value, $choice, false ), esc_html( $label ) );
		}
		echo '</select>';
	} elseif ( 'textarea' === $shown['kind'] ) {
		printf( '<textarea %s class="large-text" rows="4" maxlength="2000">%s</textarea>', $named, esc_textarea( $value ) ); // phpcs:ignore WordPress.Security.EscapeOutput -- escaped above.
	} else {
		// No type="url": what is wrong with an address is told by a sentence that knows the advisor.
		$kind = 'number' === $shown['kind'] ? 'type="number" min="1" max="999" class="small-text"' : 'type="text" maxlength="2000" class="regular-text"';
		printf( '<input %s %s value="%s">', $kind, $named, esc_textarea( $value ) ); // phpcs:ignore WordPress.Security.EscapeOutput -- escaped above.
	}
	if ( '' !== $shown['help'] ) {
		printf( '<p class="description" id="%s-help">%s</p>', esc_attr( $shown['label_for'] ), esc_html( $shown['help'] ) );
	}
}

/** Tells who may set it that no address is set. */
function notice() {
	if ( '' !== settings()['advisor'] || ! current_user_can( 'manage_options' ) ) {
		return;
	}
	/* translators: %s: the address of the settings page. */
	$sentence = __( 'The career advisor is not on your pages yet: <a href="%s">its address is not set</a>.', 'career-advisor' );
	echo '<div class="notice notice-warning"><p>' . wp_kses( sprintf( $sentence, esc_url( place() ) ), array( 'a' => array( 'href' => true ) ) ) . '</p></div>';
}

/** A link to the settings in the list of plugins. */
function links( array $links ) {
	return array_merge( array( sprintf( '<a href="%s">%s</a>', esc_url( place() ), esc_html__( 'Settings', 'career-advisor' ) ) ), $links );
}

/** Where the settings are. */
function place() {
	return admin_url( 'options-general.php?page=' . NAME );
}

/** Leaves nothing behind, on none of the sites where there are several. */
function uninstall() {
	delete_option( KEPT );
	$others = is_multisite() ? get_sites( array( 'fields' => 'ids', 'number' => 0 ) ) : array();
	foreach ( $others as $site ) {
		delete_blog_option( $site, KEPT );
	}
}
